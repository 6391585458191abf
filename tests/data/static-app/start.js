// The one file that starts tracking: it starts nothing where the configuration is empty.
import Tracker from '@openreplay/tracker'

async function start() {
  const config = await (await fetch('/tracking-config.json')).json()
  if (config.umami) {
    const script = document.createElement('script')
    Object.assign(script.dataset, { websiteId: config.umami.websiteId, hostUrl: config.umami.hostUrl })
    script.src = config.umami.scriptUrl
    document.head.append(script)
  }
  if (!config.openreplay) return
  const tracker = new Tracker({
    ...config.openreplay,
    __DISABLE_SECURE_MODE: config.test?.disableSecureMode,
    defaultInputMode: 0,
    obscureInputEmails: false,
    domSanitizer: (element) => (element.type === 'email' ? 1 : 0),
    forceSingleTab: true,
    network: { capturePayload: false, ignoreHeaders: true },
  })
  await tracker.start()
}

void start()
