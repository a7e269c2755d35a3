package oosh.journal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import oosh.rollout.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresAddressTest {
  @Test
  void takesAUserAndCertificates() {
    PostgresAddress address =
        of("jdbc:postgresql://db.example/oosh?user=li&sslrootcert=/etc/ssl/own%20ca.crt");
    assertThat(address.user()).isEqualTo("li");
    assertThat(address.text()).isEqualTo("oosh at db.example:5432");
    assertThat(address.properties())
        .containsEntry("sslmode", "verify-full")
        .containsEntry("sslrootcert", "/etc/ssl/own ca.crt");
    assertThat(of("jdbc:postgresql://[::1]:5433/team").url())
        .isEqualTo("jdbc:postgresql://[::1]:5433/team");
    assertThat(of("jdbc:postgresql://127.0.0.1/team").properties())
        .containsEntry("sslmode", "prefer")
        .containsEntry("user", System.getProperty("user.name"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql://db/oosh                                    | does not begin with jdbc:postgresql://
          jdbc:mysql://db/oosh                                    | does not begin with jdbc:postgresql://
          jdbc:postgresql://db                                    | no host, or no database
          jdbc:postgresql:oosh                                    | does not begin with
          jdbc:postgresql://db/a/b                                | no host, or no database
          jdbc:postgresql://db one/oosh                           | no address
          jdbc:postgresql://li:pw@db/oosh                         | stands before the host
          jdbc:postgresql://db1,db2/oosh                          | several servers
          jdbc:postgresql://db/oosh?password=hunter2              | no place for a password
          jdbc:postgresql://db/oosh?sslpassword=hunter2           | no place for a password
          jdbc:postgresql://db/oosh?socketFactory=evil.Factory    | has the parameter socketFactory; oosh knows user
          jdbc:postgresql://db/oosh?loggerFile=/tmp/x             | has the parameter loggerFile
          jdbc:postgresql://db/oosh?user                          | has the parameter user
          jdbc:postgresql://db/oosh?user=                         | user is empty, or has a control
          jdbc:postgresql://db/oosh?user=%00a                     | user is empty, or has a control
          jdbc:postgresql://db:99999/oosh                         | a port or an ending
          jdbc:postgresql://db/oosh?user=a#frag                   | a port or an ending
          jdbc:postgresql://db/oosh?user=a&user=b                 | user is given twice
          jdbc:postgresql://db/oosh?user=%zz                      | no address
          jdbc:postgresql://db/oosh?sslmode=require               | does not make sure that it is db that answers
          jdbc:postgresql://db/oosh?sslmode=disable               | does not make sure
          jdbc:postgresql://127.0.0.1.example/oosh?sslmode=prefer | does not make sure
          jdbc:postgresql://localhost/oosh?sslmode=often          | sslmode is one of
          """)
  void refusesTheRest(String url, String why) {
    assertThatThrownBy(() -> of(url))
        .isInstanceOfSatisfying(
            Problem.class,
            p -> {
              assertThat(p.kind()).isEqualTo(Problem.Kind.USAGE);
              assertThat(p.what()).startsWith("OOSH_JOURNAL is not an address");
              assertThat(p.why()).contains(why);
              assertThat(p.toString() + p.why() + p.next()).doesNotContain("hunter2", ":pw");
            });
  }

  private static PostgresAddress of(String url) {
    return PostgresAddress.of(url, "OOSH_JOURNAL");
  }
}
