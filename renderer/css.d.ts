/** Style sheets are imported for their effect; the bundler writes them out as files of their own. */
declare module '*.css' {}
