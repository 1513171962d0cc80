/**
 * At least so many workgroups, in a shape that the device takes: as few rows as can be, all of one length. A
 * row has less than one workgroup too many.
 */
export function grid(
  workgroups: number,
  { maxComputeWorkgroupsPerDimension: most }: { readonly maxComputeWorkgroupsPerDimension: number },
): [x: number, y: number] {
  const rows = Math.ceil(workgroups / most);
  return [Math.ceil(workgroups / rows), rows];
}
