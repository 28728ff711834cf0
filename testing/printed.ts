/** Keeps what is printed on both streams away from the terminal, until `jest.restoreAllMocks()`. The answer takes what was printed since it was last asked. */
export function keepPrinted(): () => string {
  let output = '';
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((text) => {
      output += String(text);
      return true;
    });
  }
  return () => {
    const printed = output;
    output = '';
    return printed;
  };
}
