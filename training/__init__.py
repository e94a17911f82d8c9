"""How the shipped models were made, from public data, reproducibly."""
