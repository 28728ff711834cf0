import { quote } from './quote';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** The most characters between two dots of a name in the DNS. */
const LONGEST_LABEL = 63;

/** What is wrong with a DNS label (RFC 1123): a namespace, a Service, a Knative Service. `undefined` if nothing is. */
export function dnsLabelProblem(value: string, maxLength = 63): string | undefined {
  if (value.length > maxLength)
    return `${quote(value)} has ${value.length} characters: at most ${maxLength} are allowed`;
  if (!LABEL.test(value)) {
    return `${quote(value)} is not a DNS label: use lower case letters, digits and '-', with a letter or digit at both ends`;
  }
  return undefined;
}

/** What is wrong with a DNS label that begins with a letter (RFC 1035): a Knative Service, a revision, a tag. `undefined` if nothing is. */
export function dns1035LabelProblem(value: string, maxLength = 63): string | undefined {
  const problem = dnsLabelProblem(value, maxLength);
  if (problem !== undefined || /^[a-z]/.test(value)) return problem;
  return `${quote(value)} begins with a digit: begin with a letter`;
}

/**
 * What is wrong with a DNS subdomain as Kubernetes has it: an object's name, whose parts may be of any length. `undefined` if nothing is. Source:
 * apimachinery, `IsDNS1123Subdomain`.
 */
export function dnsSubdomainProblem(value: string): string | undefined {
  if (value.length > 253) return `${quote(value)} has ${value.length} characters: at most 253 are allowed`;
  if (!SUBDOMAIN.test(value)) {
    return `${quote(value)} is not a DNS name: use labels of lower case letters, digits and '-', with dots between them`;
  }
  return undefined;
}

/** What is wrong with a name in the DNS (RFC 1123): a domain, a host. `undefined` if nothing is. */
export function domainProblem(value: string): string | undefined {
  const problem = dnsSubdomainProblem(value);
  if (problem !== undefined) return problem;
  const long = value.split('.').find((label) => label.length > LONGEST_LABEL);
  return long === undefined
    ? undefined
    : `${quote(value)} has ${long.length} characters between two dots: at most ${LONGEST_LABEL} are allowed`;
}
