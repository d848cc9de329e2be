import pluginUnicorn from 'eslint-plugin-unicorn'
import pluginVue from 'eslint-plugin-vue'
import { defineConfig, globalIgnores } from 'eslint/config'
import ts from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'

const typeAware = {
  projectService: true,
  extraFileExtensions: ['.vue'],
  tsconfigRootDir: import.meta.dirname,
}

export default defineConfig([
  globalIgnores([
    'dist/',
    'src-main/kernels/assembly/',
    'src-main/kernels/kernelBytes.ts',
    'out/',
    'tour/',
    'models/',
    'coverage/',
    '.runtime/',
    '**/node_modules/',
    '*.config.*',
    '*.cjs',
  ]),
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  pluginVue.configs['flat/recommended'],
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { parserOptions: typeAware },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parser: vueParser, parserOptions: { ...typeAware, parser: ts.parser } },
    rules: {
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-macros-order': 'error',
      'vue/no-v-html': 'error',
      // Prettier owns layout.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'always' } }],
      // TypeScript optional props need no defaults.
      'vue/require-default-prop': 'off',
    },
  },
  {
    plugins: { unicorn: pluginUnicorn },
    rules: {
      // Size: the p95 of the models studied, not their medians.
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': [
        'error',
        { max: 60, skipBlankLines: true, skipComments: true, IIFEs: false },
      ],
      complexity: ['error', 12],
      'max-depth': ['error', 4],
      'max-params': ['error', 4],
      // Meaning.
      eqeqeq: 'error',
      'no-console': 'error',
      'no-param-reassign': 'error',
      'func-style': ['error', 'declaration', { allowArrowFunctions: true }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
        { selector: 'TSAsExpression > TSAnyKeyword', message: 'Narrow the value instead.' },
      ],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'hack', 'xxx'] }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/naming-convention': [
        'error',
        { selector: 'typeLike', format: ['PascalCase'], custom: { regex: '^I[A-Z]', match: false } },
        // Units stand in names after an underscore: voltage_V, charge_Ah.
        {
          selector: ['variable', 'function'],
          format: null,
          custom: { regex: '^_*([A-Za-z][A-Za-z0-9]*(_[A-Za-z]+)*)?$', match: true },
        },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'unicorn/prefer-node-protocol': 'error',
      'unicorn/filename-case': [
        'error',
        { cases: { camelCase: true, pascalCase: true }, checkDirectories: false },
      ],
      'unicorn/no-abusive-eslint-disable': 'error',
      'unicorn/prefer-type-error': 'error',
      'unicorn/error-message': 'error',
      'unicorn/no-useless-undefined': ['error', { checkArguments: false, checkArrowFunctionBody: false }],
    },
  },
  {
    // Kernels follow the mathematics: B, T, C for sizes, many operands, loops by index.
    files: ['src-shared/network/**', 'test/kernel/**'],
    rules: {
      'max-params': 'off',
      'max-depth': ['error', 5],
      'no-param-reassign': 'off',
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/naming-convention': 'off',
    },
  },
  {
    files: ['src-main/{electron,http,cli}/**'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
    },
  },
  {
    // typescript-eslint sees neither the type of a .vue import nor of a template's ref; vue-tsc checks both.
    files: ['src-renderer/app/**', '**/*.vue', 'test/unit/renderer/**'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['test/**'],
    rules: {
      'max-lines-per-function': 'off',
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // Plain JavaScript for whatever Node the machine has: no types to check by.
    files: ['scripts/**/*.mjs'],
    extends: [ts.configs.disableTypeChecked],
    rules: { 'no-console': 'off' },
  },
  { files: ['*.js', '*.ts'], rules: { 'no-restricted-exports': 'off' } },
])
