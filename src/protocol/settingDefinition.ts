import type { z } from 'zod';

/** One setting, from which its entry in the manifest, its flag and its line in the README are made. */
export interface SettingDefinition {
  readonly schema: z.ZodType;
  readonly default: unknown;
  readonly scope: 'resource' | 'machine' | 'machine-overridable';
  /** What it means, its unit, and what other values do. */
  readonly description: string;
  readonly enumDescriptions?: readonly string[];
  /** The flag on the command line, without dashes; `null` where only settings.json makes sense. */
  readonly flag: string | null;
  /** A path, which relative to the settings file's workspace folder. */
  readonly isPath?: boolean;
  /** Ignored in an untrusted workspace. */
  readonly restricted?: boolean;
}
