// The unmodified tracker. Only attributes in the page mask: one layer, no guard.
import Tracker from '@openreplay/tracker'

export async function start() {
  const config = await (await fetch('/tracking-config.json')).json()
  const script = document.createElement('script')
  script.src = config.umami.scriptUrl
  script.dataset.websiteId = config.umami.websiteId
  script.dataset.hostUrl = config.umami.hostUrl
  document.head.append(script)
  const tracker = new Tracker({
    ...config.openreplay,
    __DISABLE_SECURE_MODE: config.test?.disableSecureMode,
    defaultInputMode: 0,
    forceSingleTab: true,
    network: { capturePayload: false, ignoreHeaders: true },
  })
  await tracker.start()
}
