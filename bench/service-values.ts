/** What is said of a service of the benchmark, besides the platform's settings. */
export interface ServiceValues {
  readonly name: string;
  readonly image: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Each service has a name, an image and a variable of its own, as in the values of a chart. */
export function serviceValues(services: number): ServiceValues[] {
  return Array.from({ length: services }, (_, number) => ({
    name: `service-${number}`,
    image: `registry.example.com/team/service-${number}:1.0.0`,
    env: { TARGET: `Go Sample v1 now with Linkerd, number ${number}` },
  }));
}
