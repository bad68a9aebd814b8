import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What the running Node offers, as ESLint wants it for the plain JavaScript files; the compiler knows it for the others. */
const nodeGlobals = Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, 'readonly']));

export default defineConfig(
  { ignores: ['dist/', 'coverage/', '.spike/', '**/*.d.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.js'],
    languageOptions: { globals: nodeGlobals },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // A switch either names every case or says with `default` that the others are alike.
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `||` on texts: an empty one counts as not given.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      // `return refuse(ctx, …)` ends a handler in one line.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // `async () => void (await run())` drops a result on purpose.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // Under noUncheckedIndexedAccess a `!` is how one says that the index is there.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Objects come from factories and close over what they need: there is no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      // An `async` function without `await` turns what it throws into a rejection.
      '@typescript-eslint/require-await': 'off',
      // Takes a variable that a closure assigns for constant.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // `Promise<string | void>`: a step may have nothing to say.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // Headers and environments are records.
      '@typescript-eslint/no-dynamic-delete': 'off',
    },
  },
  { rules: { eqeqeq: 'error' } },
  {
    // Services log through pino, commands print through their output.
    files: ['src/**'],
    rules: { 'no-console': 'error' },
  },
  {
    // Tests look at whatever came over the wire.
    files: ['test/**/*.ts', '**/*.test.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/restrict-plus-operands': 'off',
    },
  },
);
