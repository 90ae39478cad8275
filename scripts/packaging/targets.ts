/** Platforms that a package is made for, in VS Code's names. */
export const targets = ['linux-x64', 'linux-arm64', 'win32-x64', 'win32-arm64', 'darwin-arm64'] as const;

export type Target = (typeof targets)[number];

/** `null` where no package is made for a platform: ONNX Runtime has no binaries for it. */
export function targetOf(platform: string, architecture: string): Target | null {
  return targets.find((target) => target === `${platform}-${architecture}`) ?? null;
}

/**
 * Targets by their names, or `all`; without any, `here`. Throws where a name is none, or where nothing is asked for
 * on a platform without a package.
 */
export function chooseTargets(names: readonly string[], here: Target | null): readonly Target[] {
  if (names.includes('all')) return targets;
  if (names.length === 0 && here !== null) return [here];
  if (names.length === 0)
    throw new Error(`There is no package for this platform; --target takes ${targets.join(', ')} or all.`);
  return [...new Set(names)].map((name) => {
    const target = targets.find((one) => one === name);
    if (target === undefined)
      throw new Error(`No target «${name}»; --target takes ${targets.join(', ')} or all.`);
    return target;
  });
}

interface Platform {
  readonly os: 'linux' | 'win32' | 'darwin';
  readonly cpu: 'x64' | 'arm64';
}

export function platformOf(target: Target): Platform {
  const [os, cpu] = target.split('-');
  return { os, cpu } as Platform;
}

/** Libraries of ONNX Runtime for the processor and what comes with a platform; CUDA's are installed by those who use it. */
export const onnxruntimeFiles = {
  linux: ['libonnxruntime.so.1', 'onnxruntime_binding.node'],
  win32: ['DirectML.dll', 'dxcompiler.dll', 'dxil.dll', 'onnxruntime.dll', 'onnxruntime_binding.node'],
  // The npm package carries the same library twice, where a link was; the binding asks for this name.
  darwin: ['libonnxruntime.1.dylib', 'onnxruntime_binding.node'],
} as const satisfies Record<Platform['os'], readonly string[]>;
