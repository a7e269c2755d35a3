false
echo "the last command counts"
