import { spawnSync } from 'node:child_process';

/** The browser that pages are tested in, as Debian installs it. */
export const CHROMIUM = '/usr/bin/chromium';

/** What some tests need beyond Node, and how to tell whether it is there. CONTRIBUTING.md has the same table for people. */
const REQUIREMENTS = {
  ORACLES_DIR: () => process.env.ORACLES_DIR !== undefined && runs('go', 'version'),
  UPSTREAM_DIR: () => process.env.UPSTREAM_DIR !== undefined,
  chromium: () => runs(CHROMIUM, '--version'),
  envoy: () => runs('envoy', '--version'),
  kubectl: () => runs('kubectl', 'version', '--client'),
  openssl: () => runs('openssl', 'version'),
  shellcheck: () => runs('shellcheck', '--version'),
} as const;

const runs = (program: string, ...args: string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0;

type Run = () => void | Promise<void>;

/** `test` where what it needs is there; elsewhere a skipped test whose name says what is missing. */
export function testWith(...needed: (keyof typeof REQUIREMENTS)[]): (name: string, run: Run, timeout?: number) => void {
  const missing = needed.filter((name) => !REQUIREMENTS[name]());
  return (name, run, timeout) => {
    const whole = async (): Promise<void> => {
      await run();
    };
    if (missing.length === 0) test(name, whole, timeout);
    else test.skip(`needs ${missing.join(' and ')}: ${name}`, whole);
  };
}

/**
 * The folder of upstream's release files.
 *
 * @throws Error outside of tests that need it
 */
export function upstreamDir(): string {
  const folder = process.env.UPSTREAM_DIR;
  if (folder === undefined) throw new Error('UPSTREAM_DIR is not set');
  return folder;
}
