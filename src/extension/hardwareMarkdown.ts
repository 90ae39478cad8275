import { type Provider, providers } from '../domain/provider.ts';
import type { CudaFacts, HardwareReport, ProviderFacts } from '../protocol/hardwareJobs.ts';

/**
 * What a machine has to run models on, as Markdown for an issue: English, since it travels, and without the name of
 * the user in any path.
 * @param home folder that is shown as `~`.
 */
export function hardwareMarkdown(report: HardwareReport, home: string): string {
  const text = [
    '# Hardware for Attribute Lens',
    verdict(report),
    '## Providers',
    table(['Provider', 'State', 'Why not', 'What mends it'], report.providers.map(providerCells)),
    `## Speed of ${report.model === null ? 'a small net (no model was given)' : cell(report.model)}`,
    speedTable(report),
    '## Recommended settings',
    settings(report),
    '## Machine',
    table(['', ''], machineRows(report)),
    ...(report.cuda === null ? [] : ['## CUDA 12 and cuDNN 9', cudaText(report.cuda)]),
  ]
    .map((block) => `${block}\n`)
    .join('\n');
  return withoutHome(text, home);
}

/** Every path below the home folder, and its name alone, begin with `~`. */
export function withoutHome(text: string, home: string): string {
  const folder = home.replace(/[/\\]+$/, '');
  if (folder === '') return text;
  const escaped = folder.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`${escaped}(?![\\w.-])`, 'g'), '~');
}

const names: Readonly<Record<Provider, string>> = {
  cpu: 'CPU',
  cuda: 'CUDA',
  tensorrt: 'TensorRT',
  webgpu: 'WebGPU',
  dml: 'DirectML',
  coreml: 'CoreML',
};

const states: Readonly<Record<ProviderFacts['state'], string>> = {
  available: 'available',
  missing: '**missing**',
  elsewhere: 'not for this platform',
  untried: 'not tried',
};

function verdict({ speed, providers: facts, nvidia }: HardwareReport): string {
  const ran = providers.filter((provider) => speed.some((one) => one.provider === provider));
  const gpu = ran.filter((provider) => provider !== 'cpu');
  if (gpu.length > 0) return `Models run on ${ran.map((provider) => names[provider]).join(', ')} here.`;
  const mendable = facts.filter(({ state, fix }) => state === 'missing' && fix !== null);
  const first = mendable.find(({ provider }) => nvidia.hasDevice || provider !== 'cuda') ?? mendable[0];
  const fix = first ? ` To change that, begin with ${names[first.provider]}: ${cell(first.fix!)}` : '';
  return `**Models run on the CPU alone here.**${fix}`;
}

function providerCells({ provider, state, reason, fix }: ProviderFacts): readonly string[] {
  return [names[provider], states[state], cell(reason), cell(fix ?? '')];
}

function speedTable({ speed }: HardwareReport): string {
  const rows = speed.map(({ provider, batchSize, imagesPerSecond, agreement }) => [
    names[provider],
    String(batchSize),
    imagesPerSecond >= 100 ? String(Math.round(imagesPerSecond)) : imagesPerSecond.toPrecision(3),
    agreement === null ? '–' : agreement.toFixed(7),
  ]);
  return table(['Provider', 'Batch', 'Images per second', 'Smallest cosine to the CPU'], rows, 1);
}

function settings({ recommended }: HardwareReport): string {
  const { executionProvider, batchSize, halfPrecision, reasons } = recommended;
  const json = {
    'attributeLens.executionProvider': executionProvider,
    'attributeLens.batchSize': batchSize,
    'attributeLens.halfPrecision': halfPrecision,
  };
  return [
    `\`\`\`json\n${JSON.stringify(json, null, 2)}\n\`\`\``,
    reasons.map((reason) => `- ${cell(reason)}`).join('\n'),
  ].join('\n\n');
}

function machineRows({ machine, versions, nvidia, vulkan }: HardwareReport): (readonly [string, string])[] {
  const { platform, system, cpu, nCores, memoryBytes } = machine;
  const none = nvidia.hasDevice ? 'visible, unnamed' : 'none is visible';
  return [
    ['Platform', platform],
    ['System', cell(system)],
    ['CPU', cell(`${cpu}, ${nCores} cores`)],
    ['Memory', `${(memoryBytes / 2 ** 30).toFixed(1)} GiB`],
    ...Object.entries(versions).map(([name, version]) => [name, cell(version)] as const),
    ['NVIDIA driver', cell(nvidia.driver ?? 'none is loaded')],
    ...(nvidia.devices.length === 0 ? [['NVIDIA device', none] as const] : []),
    ...nvidia.devices.map(
      ({ name, memory, driver }) => ['NVIDIA device', cell(`${name}, ${memory}, driver ${driver}`)] as const,
    ),
    ...(nvidia.note === null ? [] : [['nvidia-smi', cell(nvidia.note)] as const]),
    ...(vulkan === null
      ? []
      : ([
          ['Vulkan loader', code(vulkan.loader ?? '') || 'not found'],
          ['Vulkan drivers', vulkan.drivers.map(code).join(', ') || 'none'],
          ['Graphics devices', vulkan.devices.map(code).join(', ') || 'none'],
        ] as const)),
  ];
}

function cudaText({ libraries, installation }: CudaFacts): string {
  const rows = libraries.map(({ name, path, fix }) => [
    code(name),
    path === null ? '**not found**' : code(path),
    path === null ? code(fix) : '',
  ]);
  return [table(['Library', 'Where', 'What gets it'], rows), installationText(installation)].join('\n\n');
}

function installationText(installation: CudaFacts['installation']): string {
  switch (installation.state) {
    case 'none':
      return 'Provider libraries of ONNX Runtime: not installed.';
    case 'broken':
      return `Provider libraries of ONNX Runtime: ${cell(installation.reason)}`;
    case 'ready':
      return `Provider libraries of ONNX Runtime: ${code(installation.folder)}, ${installation.isUsed ? 'in use' : 'not in use by this process'}.`;
  }
}

function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  firstNumber = Number.POSITIVE_INFINITY,
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column >= firstNumber ? '--:' : '---'));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** Text that a table, a link or HTML could take for more than itself. */
function cell(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\\`*_{}[\]<>|#!&]/g, '\\$&');
}

function code(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}`|]+/gu, ' ').trim();
  return line === '' ? '' : `\`${line}\``;
}
