/**
 * `config-tracing`: nothing can be set here. Serving 1.23.0 reads nothing from it any more, and still has it in its release;
 * traces are set in `config-observability`, by `tracingProtocol`, `tracingEndpoint` and `tracingSamplingRate`.
 */
export type TracingSettings = Readonly<Record<string, never>>;
