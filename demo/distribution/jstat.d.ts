/** What is used of jStat, which comes without types. */
declare module 'jstat' {
  interface Distribution {
    cdf(x: number, ...parameters: number[]): number;
  }
  const jStat: { readonly normal: Distribution; readonly chisquare: Distribution };
  export default jStat;
}
