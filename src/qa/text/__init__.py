"""Pure work on text: folding with offset maps, sentences, numbers, dates. Standard library only."""
