/** How long a server may take to accept a connection, and to answer one question. A slower one could not serve a sale. */
export const PROBE_TIMEOUT_MS = 2_000;
