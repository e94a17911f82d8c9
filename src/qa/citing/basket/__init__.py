"""引用夹: collecting quotations, putting them in order, seeing whether their words still stand, writing them out."""
