package dev.firstboot.bake.scan;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;

/** Java's store of the authorities to trust, as ca-certificates-java makes it: a JKS file, certificates only. */
final class JavaTrust {
    private JavaTrust() {}

    /** Whether the file is a store that holds certificates and no key. */
    static boolean isStoreOfCertificates(Candidate file) {
        try {
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(file.stream(), null); // without a password: its checksum is no secret of ours
            for (String alias : Collections.list(store.aliases())) {
                if (!store.isCertificateEntry(alias)) {
                    return false;
                }
            }
            return file.isWhole();
        } catch (IOException | GeneralSecurityException e) {
            return false;
        }
    }
}
