/** For each setting that a command takes, what is wrong with a value; `undefined` if nothing is. */
export type SettingProblems<Choices> = {
  readonly [Setting in keyof Choices]-?: (value: string) => string | undefined;
};
