package dev.firstboot.machine.qemu;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.firstboot.machine.Credential;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.life.PrivateFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Credentials as SMBIOS OEM strings (type 11), which systemd in a virtual machine reads since version 252. QEMU gets them from files that only we can
 * read, which are deleted as soon as it has read them, because everybody can see a command line.
 */
final class Smbios {
    /** A table's strings must fit in the 16-bit length of SMBIOS 2, with some room for the other tables. */
    private static final int LONGEST = 48 * 1024;

    private Smbios() {}

    static List<Path> write(String machine, Path directory, List<Credential> credentials) {
        List<Path> files = new ArrayList<>();
        int total = 0;
        for (Credential credential : credentials) {
            byte[] text = text(credential).getBytes(US_ASCII);
            total += text.length;
            if (total > LONGEST) {
                throw new MachineException(machine, "its credentials are too large: together they may have 36 KiB");
            }
            Path file = directory.resolve("credential-" + files.size());
            files.add(file);
            PrivateFiles.write(machine, file, text);
        }
        return files;
    }

    static String text(Credential credential) {
        return "io.systemd.credential.binary:" + credential.name() + "="
                + Base64.getEncoder().encodeToString(credential.value());
    }
}
