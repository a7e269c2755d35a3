# Makes the list of a package of the list of the build: the jars that are really in lib/, each with the SHA-256 of its file there.
# Without addresses, and without what changes from build to build.
# $sums: the lines of sha256sum, in the folder lib.
($sums | split("\n") | map(select(. != "") | split("  ") | {key: .[1], value: .[0]}) | from_entries) as $jars
| ($jars | keys) as $names
| def jar: "\(.name)-\(.version).jar";
def bare: del(.externalReferences, .description) | if .licenses then .licenses |= map(del(.license.url)) else . end;
  [.components[] | select($jars[jar])] as $found
| ([$found[] | jar] | sort) as $listed
| if $listed != $names then error("the list lacks \($names - $listed)") else . end
| ($found | map(."bom-ref")) as $refs
| del(."$schema", .serialNumber, .metadata.timestamp)
| .metadata.tools.components |= map({type, group, name, version})
| .metadata.component |= bare
| .components = ($found | sort_by(."bom-ref") | map(
    (.hashes[] | select(.alg == "SHA-256").content) as $published
    | $jars[jar] as $here
    | bare
    | .hashes = [{alg: "SHA-256", content: $here}]
    | if $published != $here then .pedigree = {notes: "packed anew, without the signature of its publisher"} else . end))
| .metadata.component."bom-ref" as $root
| .dependencies = [.dependencies[] | select(.ref == $root or (.ref | IN($refs[])))
    | if .dependsOn then .dependsOn |= map(select(IN($refs[]))) else . end]
