// @ts-check
'use strict';

/** What Node says of a package that is not there, and what esbuild says that was installed for other machines. */
const SAID = [
  /^Cannot find (?:module|package) '((?:@[\w.-]+\/)?[\w-][\w.-]*)/,
  /^The package "([^"]+)" could not be found/,
  /^\s*You installed (esbuild) for another platform/,
];

/**
 * What to do about an error, if it is that a package is not installed.
 *
 * @param {unknown} error
 * @returns {string | undefined} one line
 */
function missingPackage(error) {
  if (!(error instanceof Error)) return undefined;
  const [name] = SAID.flatMap((form) => form.exec(error.message)?.[1] ?? []);
  return name === undefined ? undefined : `the package ${name} is not installed here: run npm ci`;
}

module.exports = { missingPackage };
