// The program that does nothing: what the system itself takes to start one.
int main(void) {
    return 0;
}
