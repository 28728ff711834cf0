/**
 * The first character of what a CI system takes for a command where it stands in a log: GitHub a line that begins with `::`, blanks aside, and
 * `##[…]` anywhere in one; Azure Pipelines `##vso[…]`, TeamCity `##teamcity[…]`. Source: actions/runner `ActionCommand.cs`, `TryParseV2` and
 * `TryParse`.
 */
const COMMAND = /(?<=^\s*):(?=:)|#(?=#\w*\[)/gm;

/** A text in which no CI system finds a command, since the character that begins one is written otherwise. */
export function withoutCommands(text: string, written: (character: string) => string): string {
  return text.replace(COMMAND, written);
}
