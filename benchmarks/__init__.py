"""引证 beside what people would use instead: one run, the same passages, the same questions. See README.md."""
