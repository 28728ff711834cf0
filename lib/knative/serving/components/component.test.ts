import { ACTIVATOR } from './activator';
import { AUTOSCALER } from './autoscaler';
import { AUTOSCALER_HPA } from './autoscaler-hpa';
import type { Component } from './component';
import { CONTROLLER } from './controller';
import { WEBHOOK } from './webhook';

const COMPONENTS: readonly Component[] = [ACTIVATOR, AUTOSCALER, AUTOSCALER_HPA, CONTROLLER, WEBHOOK];

/** The activator's port for TLS inside of Serving, on which it listens only where that is enabled. */
const NOT_DECLARED = [8112];

describe.each(COMPONENTS)('$name', ({ selector, container, service, autoscaling, resources }) => {
  const ports = (container.ports ?? []).flatMap(({ name, containerPort }) => [name, containerPort]);

  test('is probed at a port that it has', () => {
    expect(ports).toContain(container.readinessProbe?.httpGet?.port);
    expect(ports).toContain(container.livenessProbe?.httpGet?.port);
  });

  test('has the ports that its Service sends to', () => {
    const targets = (service.ports ?? []).map(({ targetPort }) => targetPort);
    expect([...ports, ...NOT_DECLARED]).toEqual(expect.arrayContaining(targets));
  });

  test('has the labels that its Service looks for', () => {
    expect(selector).toMatchObject(service.selector);
  });

  test('knows its namespace and the ConfigMaps of logs and metrics', () => {
    const names = (container.env ?? []).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['SYSTEM_NAMESPACE', 'CONFIG_LOGGING_NAME', 'CONFIG_OBSERVABILITY_NAME']),
    );
  });

  test('asks for the CPU that an HPA counts by', () => {
    expect(autoscaling === undefined || resources.requests?.cpu !== undefined).toBe(true);
  });
});
