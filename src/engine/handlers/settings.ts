import type { DeviceInfo } from '../../shared/contract/settings.ts'
import type { Workbench } from '../../shared/contract.ts'
import type { EventHub, Handlers } from '../../shared/rpc.ts'
import { startCompute } from '../compute/start-compute.ts'
import type { EngineOptions } from '../engine.ts'
import { loadUserSettings, saveUserSettings } from '../projects/user-settings.ts'

type Methods = 'settings.get' | 'settings.set' | 'devices.list'

/** Asks a compute process: what tries a device out may crash. */
async function listDevices(options: EngineOptions): Promise<DeviceInfo[]> {
  await using compute = (options.startCompute ?? startCompute)()
  const { devices } = await compute.run('capabilities', {})
  return devices.map(({ device, title, available, note }) => ({
    ...{ name: device, title, available, reason: note },
  }))
}

export function settingsHandlers(
  events: EventHub<Workbench>,
  options: EngineOptions,
): Pick<Handlers<Workbench>, Methods> {
  let devices: Promise<DeviceInfo[]> | null = null
  return {
    'settings.get': () => loadUserSettings(),
    async 'settings.set'(changes) {
      const settings = await saveUserSettings(changes)
      events.emit('settings.changed', settings)
      return settings
    },
    'devices.list'() {
      const listed = devices ?? listDevices(options)
      devices = listed
      // What failed may do better the next time.
      listed.catch(() => {
        devices = null
      })
      return listed
    },
  }
}
