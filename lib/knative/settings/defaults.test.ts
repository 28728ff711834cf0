import type { DefaultsSettings } from './defaults';
import { defaultsSettings } from './defaults';

it.each<[DefaultsSettings, string]>([
  [{ revisionTimeoutSeconds: 0 }, 'revisionTimeoutSeconds: 0 is not a whole number of at least 1'],
  [
    { revisionTimeoutSeconds: 601 },
    'revisionTimeoutSeconds: 601 is more than maxRevisionTimeoutSeconds, 600: lower it or raise the limit',
  ],
  [
    { maxRevisionTimeoutSeconds: 299 },
    'revisionTimeoutSeconds: 300 is more than maxRevisionTimeoutSeconds, 299: lower it or raise the limit',
  ],
  [{ maxRevisionTimeoutSeconds: 600.5 }, 'maxRevisionTimeoutSeconds: 600.5 is not a whole number of at least 1'],
  [
    { revisionResponseStartTimeoutSeconds: 301 },
    'revisionResponseStartTimeoutSeconds: 301 is more than revisionTimeoutSeconds, 300: lower it or raise the other',
  ],
  [
    { revisionIdleTimeoutSeconds: 301 },
    'revisionIdleTimeoutSeconds: 301 is more than revisionTimeoutSeconds, 300: lower it or raise the other',
  ],
  [
    { revisionCpuRequest: '1 CPU' },
    'revisionCpuRequest: "1 CPU" is not a quantity: write for example "200m" of CPU or "300Mi" of memory',
  ],
  [
    { revisionCpuRequest: '2', revisionCpuLimit: '1500m' },
    'revisionCpuRequest: "2" is more than revisionCpuLimit, "1500m": lower it or raise the limit',
  ],
  [
    { revisionMemoryRequest: '1Gi', revisionMemoryLimit: '1G' },
    'revisionMemoryRequest: "1Gi" is more than revisionMemoryLimit, "1G": lower it or raise the limit',
  ],
  [
    { revisionEphemeralStorageRequest: '2G', revisionEphemeralStorageLimit: '1G' },
    'revisionEphemeralStorageRequest: "2G" is more than revisionEphemeralStorageLimit, "1G": lower it or raise the limit',
  ],
  [
    { containerNameTemplate: '{{.Nam}}' },
    'containerNameTemplate: "{{.Nam}}" names ".Nam", which is not there: it may name .Name, .GenerateName, .Namespace, .UID, .ResourceVersion, .Generation, .Labels, .Annotations',
  ],
  [{ initContainerNameTemplate: '{{.Name' }, 'initContainerNameTemplate: "{{.Name" has a "{{" without its "}}"'],
  [{ containerConcurrency: -1 }, 'containerConcurrency: -1 is not a whole number of at least 0'],
  [
    { containerConcurrency: 1001 },
    'containerConcurrency: 1001 is more than containerConcurrencyMaxLimit, 1000: lower it or raise the limit',
  ],
  [{ containerConcurrencyMaxLimit: 0 }, 'containerConcurrencyMaxLimit: 0 is not a whole number of at least 1'],
  [
    { enableServiceLinks: 'maybe' as 'default' },
    'enableServiceLinks: "maybe" is neither true nor false; "default" is possible too',
  ],
])('%j is refused', (settings, problem) => {
  expect(defaultsSettings.problems(settings)).toEqual([problem]);
});

it('takes a response start of what the timeout is, where only the timeout is given', () => {
  expect(defaultsSettings.problems({ revisionTimeoutSeconds: 10 })).toEqual([]);
});
