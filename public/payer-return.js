// The payer's redirect ends here, in a window of its own. It hands the answer to the app that opened the window (src/clients/payer-window.ts)
// and does no more: the code is worth nothing without the verifier, which never left the app.
const CHANNEL = 'beforehand-payer-sign-in'
const query = location.search

if (new URLSearchParams(query).has('state')) {
  // The code stays neither in the address nor in the history.
  history.replaceState(null, '', location.pathname)
  const message = { type: CHANNEL, query }
  if (window.opener) window.opener.postMessage(message, location.origin)
  // A payer's page may have cut the tie to the opener: then every tab of the app hears it, and the one that knows the state takes it.
  else new BroadcastChannel(CHANNEL).postMessage(message)
  const words = document.getElementById('words')
  if (words) words.textContent = 'You are back from the payer. Close this window and go on in Beforehand.'
  setTimeout(() => window.close(), 800)
}
