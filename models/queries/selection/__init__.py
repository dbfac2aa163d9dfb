"""Which records stand in a document: the candidates of the filters, judged by the selection table."""
