import { useRouter } from 'vue-router'
import { host } from '../../host/host.ts'
import { RequestError } from '../../host/requestError.ts'
import { t } from '../../locales/en.ts'
import { useCheckpoints } from '../../stores/checkpoints.ts'
import { useImports } from '../../stores/imports.ts'
import { useVerifications } from '../../stores/verifications.ts'
import { scenarioAddress, type TakenScenarios, useScenarioList } from '../scenario/useScenarioList.ts'
import { useNotices } from '../useNotices.ts'
import { type DropPlace, dropPlaces, isNoScenario, placeOfName } from './dropPlaces.ts'

type Went = Readonly<Record<DropPlace, readonly File[]>>

/** Takes dropped files where they belong, each as the place's own button does, and says where that is. */
export function useDrop() {
  const router = useRouter()
  const notices = useNotices()
  const imports = useImports()
  const checkpoints = useCheckpoints()
  const verifications = useVerifications()
  const { takeIn } = useScenarioList()

  async function take(dropped: Promise<readonly File[]>): Promise<void> {
    try {
      const files = await dropped
      const { went, address } = sorted(files, await takeScenarios(files))
      const [here, ...elsewhere] = dropPlaces.filter((place) => went[place].length > 0)
      if (here !== undefined) {
        const to = (place: DropPlace): string => (place === 'scenarios' ? address : `/${place}`)
        await router.push(to(here))
        tell(went, elsewhere, to)
      } else if (files.length === 0) await router.push('/import')
      await Promise.all([addRecords(went.import), offerCheckpoints(went.models), verify(went.reports)])
    } catch (error) {
      notices.failed(error)
    }
  }

  async function takeScenarios(files: readonly File[]): Promise<TakenScenarios> {
    const taken = await takeIn(files.filter(({ name }) => placeOfName(name) === 'scenarios'))
    for (const { file, error } of taken.refused)
      if (!isNoScenario(error)) notices.failed(error, t.drop.notTaken(file.name))
    return taken
  }

  function tell(went: Went, elsewhere: readonly DropPlace[], to: (place: DropPlace) => string): void {
    const took = dropPlaces.filter((place) => went[place].length > 0)
    const count = took.reduce((sum, place) => sum + went[place].length, 0)
    notices.notify({
      title: t.drop.took(count),
      description: took.map((place) => t.drop.went(wordsFor(went[place]), t.places[place])).join(' · '),
      actions: elsewhere.map((place) => ({
        label: t.drop.show(t.places[place]),
        onClick: () => void router.push(to(place)),
      })),
    })
  }

  async function addRecords(files: readonly File[]): Promise<void> {
    if (files.length > 0) await imports.addFiles(Promise.resolve(files))
  }

  async function offerCheckpoints(files: readonly File[]): Promise<void> {
    if (files.length === 0) return
    const { paths, refused } = await host.pathsOf(files)
    for (const { name, error } of refused) notices.failed(new RequestError(error), t.drop.notTaken(name))
    const scaler = paths.find((path) => placeOfName(path) !== 'models') ?? null
    const found = paths.filter((path) => path !== scaler)
    checkpoints.offer(found.map((checkpoint) => ({ checkpoint, scaler })))
  }

  async function verify(files: readonly File[]): Promise<void> {
    if (files.length > 0) await verifications.verify(host.pathsOf(files))
  }

  return { take }
}

/** JSON that is no scenario is the scaler of a checkpoint, where it is the only one beside some; else Import's to judge. */
function sorted(files: readonly File[], { added, refused }: TakenScenarios): { went: Went; address: string } {
  const named = (place: DropPlace): File[] => files.filter(({ name }) => placeOfName(name) === place)
  const models = named('models')
  const others = refused.filter(({ error }) => isNoScenario(error)).map(({ file }) => file)
  const isScaler = models.length > 0 && others.length === 1
  const outside = new Set(refused.map(({ file }) => file))
  const went = {
    import: [...named('import'), ...(isScaler ? [] : others)],
    models: [...models, ...(isScaler ? others : [])],
    reports: named('reports'),
    scenarios: named('scenarios').filter((file) => !outside.has(file)),
  }
  return { went, address: scenarioAddress(added.at(-1)?.id ?? '') }
}

function wordsFor(files: readonly File[]): string {
  return files.length > 2 ? t.drop.files(files.length) : files.map(({ name }) => name).join(', ')
}
