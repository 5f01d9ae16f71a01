int one_handler(void) { return 0; }
