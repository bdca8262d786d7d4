"""The page: server-rendered HTML that works with scripts off."""
