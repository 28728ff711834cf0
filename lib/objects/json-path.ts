import { keyStep } from './key-step';
import type { JsonPath } from './manifest';

/** `spec.containers[0].image`, `metadata.annotations["linkerd.io/inject"]` */
export function pathText(path: JsonPath): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : keyStep(step)))
    .join('')
    .replace(/^\./, '');
}

/** The path that a text of {@link pathText} stands for. */
export function parsePath(text: string): JsonPath {
  const steps = text.match(/\[\d+\]|\["(?:[^"\\]|\\.)*"\]|[^.[\]]+/g) ?? [];
  return steps.map((step) => (step.startsWith('[') ? (JSON.parse(step.slice(1, -1)) as string | number) : step));
}
