void one_handler(void) {}
