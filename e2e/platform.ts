import type { Outcome } from './cluster';
import { callHook, kubectl, tryKubectl } from './cluster';
import type { Project } from './project';

/** Applies a platform by plain kubectl, at most three times, and says what became of each pass. */
export async function applyPlatform(project: Project): Promise<Outcome[]> {
  kubectl('apply', '--filename', project.file('00-namespaces'), '--filename', project.secrets);
  const passes: Outcome[] = [];
  do {
    passes.push(tryKubectl(['apply', '--filename', project.dist]));
    project.phases.forEach((phase) => callHook(phase));
    await new Promise((resolve) => setTimeout(resolve, 5000));
  } while (passes.length < 3 && passes.at(-1)?.done !== true);
  return passes;
}
