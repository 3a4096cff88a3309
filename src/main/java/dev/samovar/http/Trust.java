package dev.samovar.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Trust in the certificate authorities of one file, and in no others. */
record Trust(SSLSocketFactory sockets, X509TrustManager manager) {

  static Trust in(Path pem) throws IOException {
    try (InputStream file = Files.newInputStream(pem)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(file);
      if (certificates.isEmpty()) {
        throw new IOException(pem + " has no certificate in it");
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager trusting) {
          SSLContext context = SSLContext.getInstance("TLS");
          context.init(null, new TrustManager[] {trusting}, null);
          return new Trust(context.getSocketFactory(), trusting);
        }
      }
      throw new IOException("this Java can't trust certificates of a file");
    } catch (GeneralSecurityException e) {
      throw new IOException(pem + " can't be read as certificates (PEM): " + e.getMessage(), e);
    }
  }
}
