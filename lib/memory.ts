/** What earlier runs found out. An answer depends on its question, on what is asked about, and on knitmesh's code, and on nothing else. */
export interface Memory {
  /**
   * What is known, or is found out now and kept.
   *
   * @param question its name
   * @param about all that the answer depends on, each as JSON; an object is not changed once it was given
   * @param find finds out what is to be kept: JSON as well, and nothing is kept if it throws
   */
  recall<Found>(question: string, about: readonly unknown[], find: () => Found): Found;
}

/** Finds out everything anew. */
export const NO_MEMORY: Memory = { recall: (_, __, find) => find() };
