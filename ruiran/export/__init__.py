"""The tables in forms that other tools read: Data Package, POLECAT, SIPRI's register, Web Annotation."""
