package dev.gantry.daemon.service.log;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Reads the certificates a syslog server is met with: PEM files, named by options. */
final class SyslogCertificates {

    private static final char[] NO_PASSWORD = {};

    private final Map<String, String> options;

    SyslogCertificates(Map<String, String> options) {
        this.options = options;
    }

    /** compat: the option counts whatever its value is. */
    boolean skipsVerification() {
        return options.containsKey("syslog-tls-skip-verify");
    }

    SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), trust(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates of the syslog server: " + e.getMessage(), e);
        }
    }

    private TrustManager[] trust() throws GeneralSecurityException, IOException {
        if (skipsVerification()) {
            return new TrustManager[] {new TrustAll()};
        }
        String authority = options.getOrDefault("syslog-tls-ca-cert", "");
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        if (authority.isEmpty()) {
            factory.init((KeyStore) null);
        } else {
            KeyStore store = empty();
            int number = 0;
            for (Certificate certificate : certificates(authority)) {
                store.setCertificateEntry("ca" + number++, certificate);
            }
            factory.init(store);
        }
        return factory.getTrustManagers();
    }

    private javax.net.ssl.KeyManager[] keys() throws GeneralSecurityException, IOException {
        String certificate = options.getOrDefault("syslog-tls-cert", "");
        String key = options.getOrDefault("syslog-tls-key", "");
        if (certificate.isEmpty() && key.isEmpty()) {
            return new javax.net.ssl.KeyManager[0];
        }
        KeyStore store = empty();
        store.setKeyEntry(
                "client",
                privateKey(key),
                NO_PASSWORD,
                certificates(certificate).toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Collection<? extends Certificate> certificates(String file)
            throws GeneralSecurityException, IOException {
        try (InputStream input = Files.newInputStream(Path.of(file))) {
            return CertificateFactory.getInstance("X.509").generateCertificates(input);
        } catch (NoSuchFileException e) {
            // compat: docker's text
            throw new IOException(
                    "could not read CA certificate \"" + file + "\": open " + file + ": no such file or directory", e);
        }
    }

    private static PrivateKey privateKey(String file) throws GeneralSecurityException, IOException {
        String text = Files.readString(Path.of(file));
        String body = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        if (!text.contains("-----BEGIN PRIVATE KEY-----")) {
            throw new IOException(file + " is not an unencrypted PKCS #8 key; openssl pkcs8 -topk8 -nocrypt makes one");
        }
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body));
        IOException unknown = new IOException(file + " holds a key of a kind that is not known");
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException another) {
                unknown.addSuppressed(another);
            }
        }
        throw unknown;
    }

    /** What the user asked for by {@code syslog-tls-skip-verify}. */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
