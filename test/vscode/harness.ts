/**
 * A runner for suites inside the extension host, which no test runner of its own process can drive: tests are
 * registered by `test`, run one after another, and told one by one.
 */
export interface TestOutcome {
  readonly name: string;
  readonly ms: number;
  /** Stack of the failure, or `null` where it passed. */
  readonly failure: string | null;
}

interface RegisteredTest {
  readonly name: string;
  readonly body: () => Promise<void> | void;
}

const timeoutMs = 120_000;
const registered: RegisteredTest[] = [];

export function test(name: string, body: () => Promise<void> | void): void {
  if (registered.some((other) => other.name === name)) throw new Error(`Two tests are named «${name}».`);
  registered.push({ name, body });
}

export async function runRegistered(onOutcome: (outcome: TestOutcome) => void): Promise<void> {
  for (const { name, body } of registered) {
    const start = performance.now();
    const failure = await failureOf(body);
    onOutcome({ name, ms: Math.round(performance.now() - start), failure });
  }
}

async function failureOf(body: RegisteredTest['body']): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Not ended after ${timeoutMs} ms.`)), timeoutMs);
  });
  try {
    await Promise.race([Promise.resolve().then(body), timeout]);
    return null;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    clearTimeout(timer);
  }
}
