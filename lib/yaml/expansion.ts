/** Up to so many nodes nearly all may come from aliases, and less and less from there on. */
const FEW = 400_000;
const MANY = 4_000_000;
const OF_FEW = 0.99;
const OF_MANY = 0.1;

/** Counts the nodes that are read, and how many of them because of aliases, as kubectl does against documents that explode. */
export class Expansion {
  // The document itself.
  private all = 1;
  private byAliases = 0;

  /** Counts one more. Whether kubectl gives up. Source: go.yaml.in/yaml 2.4.2 `decode.go`, `allowedAliasRatio`. */
  isTooMuch(byAlias: boolean): boolean {
    this.all++;
    if (byAlias) this.byAliases++;
    if (this.byAliases <= 100 || this.all <= 1000) return false;
    const beyond = Math.min(Math.max(this.all - FEW, 0) / (MANY - FEW), 1);
    return this.byAliases / this.all > OF_FEW - (OF_FEW - OF_MANY) * beyond;
  }
}
