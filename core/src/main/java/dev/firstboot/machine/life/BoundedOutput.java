package dev.firstboot.machine.life;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Holds the output of a command inside, up to the limit of qemu-guest-agent, so that a machine cannot use up the caller's memory. */
public final class BoundedOutput extends OutputStream {
    private static final int LIMIT = 16 << 20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (length > LIMIT - bytes.size()) {
            throw new IOException("it is more than " + (LIMIT >> 20)
                    + " MiB; take it as it comes, with Command.builder(...).output(...) or errors(...)");
        }
        bytes.write(source, offset, length);
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }
}
