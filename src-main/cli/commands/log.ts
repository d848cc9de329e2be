import { unknownName } from '../../services/unknownName.ts'
import type { Command, CommandCall } from '../command.ts'
import { table } from '../table.ts'

const actions = { list, check }

export const logCommand: Command = {
  name: 'log',
  summary: "shows and checks the library's log of imports, changes and releases",
  usage: '[list] or check',
  details: [
    '`check` computes the chain of hashes again and compares every released report; exit code 3 where it is broken.',
  ],
  positionals: { least: 0, most: 1, what: '`list` or `check`' },
  options: {
    limit: {
      type: 'integer',
      value: 'N',
      range: { least: 1, most: 10_000 },
      help: 'newest entries shown (default 100)',
    },
  },
  run: async (call) => {
    const [action = 'list'] = call.arguments.positionals
    if (!Object.hasOwn(actions, action)) throw unknownName('action', action, Object.keys(actions))
    return actions[action as keyof typeof actions](call)
  },
}

async function list({ application, arguments: given, output, signal }: CommandCall): Promise<number> {
  const limit = given.number('limit')
  const context = { signal, progress: () => undefined }
  const entries = await application['log/list'](limit === undefined ? {} : { limit }, context)
  output.answer({ schema: 'pimoe-log/1', entries }, () =>
    table(
      ['no.', 'at', 'kind', 'subject', 'sha256'],
      entries.map(({ sequence, at, kind, subject, sha256 }) => [
        sequence,
        at,
        kind,
        subject,
        sha256.slice(0, 12),
      ]),
    ),
  )
  return 0
}

async function check({ application, output, signal }: CommandCall): Promise<number> {
  const told = await application['log/check']({}, { signal, progress: () => undefined })
  const { entries, head, problems } = told
  output.answer(told, () =>
    problems.length === 0
      ? `${entries} entries, none changed; the last has the hash ${head}`
      : problems.map(({ sequence, message }) => `entry ${sequence}: ${message}`).join('\n'),
  )
  return problems.length === 0 ? 0 : 3
}
