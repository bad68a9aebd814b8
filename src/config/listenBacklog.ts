/**
 * Connections that may wait to be taken, ended by what the machine allows (`net.core.somaxconn`, 4096 on today's Linux). When the
 * line is full a connection is tried again after 1, 3 and 7 s: with Node's own 511 some buyers of a crowd waited that long at
 * the start of a sale.
 */
export const LISTEN_BACKLOG = 4_096;
