package dev.firstboot.bake.scan;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;

/** Java's trust store as ca-certificates-java creates it: a JKS file with certificates only. */
final class JavaTrust {
    private JavaTrust() {}

    /** Returns whether the file is a store that has certificates and no key. */
    static boolean isStoreOfCertificates(Candidate file) {
        try {
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(file.stream(), null); // without a password: its checksum does not matter here
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
