/**
 * How every service process runs its Node. V8 would let the young generation grow to 64 MB under load, and on the purchase
 * path it fills that with what a request leaves behind: with half of it a spike process stays under 200 MB at full speed.
 */
export const nodeFlags: readonly string[] = ['--max-semi-space-size=16'];
