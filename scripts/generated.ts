/** What is derived from the contracts: the manifest's configuration with its texts, the report's JSON Schema, the README's tables. */
import { z } from 'zod';
import { comparisonSchema, comparisonSchemaUri } from '../src/protocol/comparisonSchema.ts';
import { reportSchema, reportSchemaUri } from '../src/protocol/report.ts';
import { settingHelp } from '../src/protocol/settingHelp.ts';
import {
  type SettingName,
  settingDefinitions,
  settingNames,
  settingPrefix,
} from '../src/protocol/settings.ts';

type Json = Record<string, unknown>;

const categories: readonly { readonly title: string; readonly names: readonly SettingName[] }[] = [
  { title: 'Inputs', names: ['dataset', 'annotations', 'models', 'embeddings', 'embeddingsList'] },
  {
    title: 'Faces',
    names: [
      'alignment',
      'detector',
      'detectorScore',
      'detectorRetry',
      'faces',
      'imageStatistics',
      'minImages',
      'outlierFilter',
      'paperCompat',
    ],
  },
  {
    title: 'Attributes',
    names: ['combinations', 'pairwiseValues', 'interEntropyBandwidth'],
  },
  {
    title: 'Macroscale',
    names: [
      'metric',
      'points',
      'maxIdentities',
      'selection',
      'sameIdentity',
      'repeats',
      'permutations',
      'bootstraps',
      'confounders',
      'discriminativeImages',
      'seed',
    ],
  },
  {
    title: 'Microscale',
    names: [
      'latticeAttributes',
      'latticeSteps',
      'latticePoints',
      'latticeIdentities',
      'stepTable',
      'neighbours',
    ],
  },
  {
    title: 'Projection',
    names: ['projectionPoints', 'projectionNeighbours', 'projectionMinDistance'],
  },
  { title: 'Output', names: ['reportFolder', 'storeFolder'] },
  { title: 'Engine', names: ['executionProvider', 'batchSize', 'halfPrecision', 'nodePath'] },
];

/** `contributes.configuration` of the manifest, whose texts are those of `configurationTexts`. */
export function manifestConfiguration(): Json[] {
  const listed = categories.flatMap(({ names }) => names);
  const missing = settingNames.filter((name) => !listed.includes(name));
  if (missing.length > 0) throw new Error(`No category for the settings ${missing.join(', ')}.`);
  return categories.map(({ title, names }, order) => ({
    title: `%${categoryKey(title)}%`,
    order,
    properties: Object.fromEntries(
      names.map((name, order) => [`${settingPrefix}.${name}`, manifestSetting(name, order)]),
    ),
  }));
}

function manifestSetting(name: SettingName, order: number): Json {
  const { schema, default: value, scope } = settingDefinitions[name];
  const shape = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  delete shape.$schema;
  const keys = valueTexts(name).map(([key]) => `%${key}%`);
  return {
    ...shape,
    default: value,
    scope,
    order,
    markdownDescription: `%${settingKey(name)}.description%`,
    ...(keys.length > 0 ? { markdownEnumDescriptions: keys } : {}),
  };
}

/** The texts of the configuration in `package.nls.json`, by their keys. */
export function configurationTexts(): Record<string, string> {
  return Object.fromEntries(
    categories.flatMap(({ title, names }) => [
      [categoryKey(title), title],
      ...names.flatMap((name) => [
        [
          `${settingKey(name)}.description`,
          `${settingDefinitions[name].description} [What it means](${helpLink(name)})`,
        ],
        ...valueTexts(name),
      ]),
    ]),
  ) as Record<string, string>;
}

/** Whether a text of `package.nls.json` is of the configuration. */
export function isConfigurationText(key: string): boolean {
  return key.startsWith('configuration.') || key.startsWith('setting.');
}

function categoryKey(title: string): string {
  return `configuration.${title.toLowerCase()}.title`;
}

function settingKey(name: SettingName): string {
  return `setting.${name}`;
}

/** What the values of a setting mean, where there are few. */
function valueTexts(name: SettingName): [key: string, text: string][] {
  const definition = settingDefinitions[name];
  const texts: readonly string[] = 'enumDescriptions' in definition ? definition.enumDescriptions : [];
  return texts.map((text, index) => [`${settingKey(name)}.value${index + 1}`, text]);
}

/** Opens the extension's own page, which is there without a network. */
function helpLink(name: SettingName): string {
  return `command:${settingPrefix}.openHelp?${encodeURIComponent(JSON.stringify([settingHelp[name]]))}`;
}

/** Settings that an untrusted workspace may not set. */
export function restrictedSettings(): string[] {
  return settingNames
    .filter((name) => 'restricted' in settingDefinitions[name])
    .map((name) => `${settingPrefix}.${name}`);
}

/** `schemas/report.schema.json`. */
export function reportJsonSchema(): Json {
  const { $schema, ...schema } = z.toJSONSchema(reportSchema, { target: 'draft-7' });
  return { $schema, $id: reportSchemaUri, title: 'Attribute Lens report', ...schema };
}

/** `schemas/comparison.schema.json`. */
export function comparisonJsonSchema(): Json {
  const { $schema, ...schema } = z.toJSONSchema(comparisonSchema, { target: 'draft-7' });
  return { $schema, $id: comparisonSchemaUri, title: 'Comparison of Attribute Lens reports', ...schema };
}

/** `schemas/attrlens.schema.json`: of any `*.attrlens.json`, by what it says of itself. */
export function fileJsonSchema(): Json {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Attribute Lens report, or comparison of reports',
    type: 'object',
    if: {
      properties: { schema: { const: comparisonSchema.shape.schema.value } },
      required: ['schema'],
    },
    then: { $ref: './comparison.schema.json' },
    else: { $ref: './report.schema.json' },
  };
}

/** The README's table of settings, Markdown. */
export function settingsTable(): string {
  const rows = settingNames.map((name) => {
    const { default: value, description, flag } = settingDefinitions[name];
    const cells = [
      `\`${settingPrefix}.${name}\``,
      flag === null ? '' : `\`--${flag}\``,
      `\`${JSON.stringify(value)}\``,
      description.replaceAll(/`#([^#]+)#`/g, '`$1`').replaceAll('|', '\\|'),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return ['| Setting | Flag | Default | Meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
