/** Where the list of what was asked stands among a session's queries, so that each task can tell it of another entry. */
export const auditKey = (sessionKey: string): readonly string[] => ['earlier-answers', sessionKey]
