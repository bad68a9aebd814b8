/**
 * How every service process runs its Node. V8 would let the young generation grow to 64 MB under load, and on the purchase
 * path it fills that with what a request leaves behind; half of it is enough. The bound of the old generation makes V8 collect early instead of growing: what a process
 * keeps is bounded in the code (tokens, tickets, buyers of sold-out events) to well under 100 MB. Together they keep a spike
 * process under 200 MB at full speed.
 */
export const nodeFlags: readonly string[] = ['--max-semi-space-size=16', '--max-old-space-size=144'];
