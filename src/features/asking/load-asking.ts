/** The engine of asking: fetched once a first screen stands, or when something is asked. */
export const loadAsking = () => import('./ask-engine')
