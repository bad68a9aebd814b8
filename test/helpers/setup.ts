import console from 'node:console';

// Jest puts a console of its own in place, past which oclif's captureOutput cannot see.
globalThis.console = console;
