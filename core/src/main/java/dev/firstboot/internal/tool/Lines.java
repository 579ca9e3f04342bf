package dev.firstboot.internal.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * Splits bytes into lines of text. A line ends with a line feed or, as in progress bars, with a carriage return; bytes that are not UTF-8 become the
 * replacement character; an endless line is cut, so that no tool can fill the memory.
 */
final class Lines implements ByteSink {

    static final int LONGEST = 8192;

    private final Consumer<String> consumer;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private boolean afterReturn;

    Lines(Consumer<String> consumer) {
        this.consumer = consumer;
    }

    @Override
    public void write(byte[] bytes, int length) {
        int from = 0;
        for (int at = 0; at < length; at++) {
            byte value = bytes[at];
            boolean feedOfPair = afterReturn && value == '\n';
            afterReturn = value == '\r';
            if (feedOfPair) {
                from = at + 1;
            } else if (value == '\n' || value == '\r') {
                line.write(bytes, from, at - from);
                from = at + 1;
                emit();
            } else if (line.size() + at - from + 1 >= LONGEST) {
                line.write(bytes, from, at - from + 1);
                from = at + 1;
                emit();
            }
        }
        line.write(bytes, from, length - from);
    }

    @Override
    public void end() {
        if (line.size() > 0) {
            emit();
        }
    }

    private void emit() {
        String text = line.toString(UTF_8);
        line.reset();
        consumer.accept(text);
    }
}
