"""qingwen where other packages expect their own kind of reader. Each module needs its package, and nothing else does."""
